"""Answers without a language model: a deterministic parser in three languages, and answers built from tool results.

From text to words: `words` (scripts, digits, clauses), `language` (which one; every word by the grammar's name for
it),
`roman_urdu`, `urdu`, `glossary` (those names), `lexicon` (categories, accounts, concepts).

From words to queries: `numbers` and `amounts`, `tense`, `dates` and `periods`, `reading` (all of it for a clause),
`intents`
(what it is for), `followups` (what only changes what was said before), `understanding` (all of it for a message),
`queries`.

From queries to answers: `answers`, `messages` (in three languages), `analyst` (the specialists'), `dispatcher` (the
coordinator's).
"""

NAME = "offline-analyst"
