"""Securities, what they cost, what they are worth and what they returned: computed, without SQL or HTTP."""
