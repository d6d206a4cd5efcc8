# Short names; every target works without make too: see dev.py.
.PHONY: run test bench populate vendor check

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
