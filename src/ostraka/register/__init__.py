"""The store of statements and judgements; the only place with SQL."""
