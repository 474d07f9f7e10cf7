"""Answers without a language model: a deterministic parser of questions, and answers built from tool results.

- words: a question as words
- dates: periods such as last month, in October, since 3 May
- amounts: limits and counts such as over 50, top 5
- english: what English words mean; another language is another such module
- understanding: words, periods and meanings to queries
- answers: a query to tool calls, and their results to sentences
- analyst: the spending agent's analyst
- dispatcher: the coordinator's
"""

NAME = "offline-analyst"
