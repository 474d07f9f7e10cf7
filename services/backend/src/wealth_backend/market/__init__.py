"""Prices of securities and exchange rates, entered or imported."""
