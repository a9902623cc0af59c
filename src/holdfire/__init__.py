"""holdfire: rehearse rules of engagement before anyone flies with them.

It analyses and rehearses; it controls nothing. Force is a modelled outcome in a simulation.
"""

__version__ = "0.1.0"
