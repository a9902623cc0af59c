"""The reading of rule sets that a solver can prove things about; it must agree with the interpreter."""
