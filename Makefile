# Short names; every target works without make too: see dev.py.
.PHONY: run test bench populate vendor check walk dark kills law-check

run:
	python3 dev.py run

test check:
	python3 dev.py test

bench:
	python3 dev.py bench

populate:
	python3 dev.py guichet populate --persons $(or $(N),100000) --orders $(or $(ORDERS),10000)

vendor:
	python3 tools/vendor.py

# The pictures of docs/journeys, taken anew by the journeys.
walk:
	GUICHET_WALK=1 .venv/bin/python -m pytest -q tests/journeys/test_verified_account.py tests/journeys/test_guest.py -k "walk or leaves_by_post"
	GUICHET_WALK=1 .venv/bin/python -m pytest -q tests/journeys/test_identity_counter.py -k "second_pair_of_eyes"
	GUICHET_WALK=1 .venv/bin/python -m pytest -q tests/journeys/test_law.py -k "searches or types_an_article or by_keyboard or box_of"

# Every page that the journeys meet, in its dark colours too (two minutes more than the check takes for them).
dark:
	GUICHET_DARK=1 .venv/bin/python -m pytest -q -n 2 --dist loadfile tests/journeys

# Web and worker killed at any statement and at any moment, on both databases (the check does it on SQLite).
kills:
	python3 dev.py test tests/scenarios/test_kills.py

# The law as coded held against copies of the official texts: make law-check TEXTS=folder
law-check:
	python3 dev.py guichet law-check --texts "$(TEXTS)"
