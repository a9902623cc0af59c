"""Claims of a small catalogue of kinds, each rehearsed and answered: supported, contradicted or not decidable."""
