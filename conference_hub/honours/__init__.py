"""Guests of honour (내빈): the list in order of rank that the emcee introduces, and who of them is here."""
