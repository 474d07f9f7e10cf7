"""What the books say about a person's money: computed, without SQL or HTTP."""
