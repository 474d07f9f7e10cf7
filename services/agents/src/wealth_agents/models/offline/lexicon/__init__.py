"""What things are called: categories, accounts, and words that carry what a sentence is about.

- categories: what money is spent on or comes from
- accounts: where money lies
- concepts: what a sentence asks for or records
"""
