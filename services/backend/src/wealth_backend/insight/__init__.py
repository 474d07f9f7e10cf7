"""What the books say: net worth, cash flow, spending compared, a forecast, what is odd, and how healthy it all is."""
