"""The texts themselves, one package each, in the order of their articles; only `guichet.law.questions` reads them."""
