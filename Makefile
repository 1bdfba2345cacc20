# Each recipe is one ordinary command. tools/setup does all the set-up, and nothing the second time.

.PHONY: run test check bench prove mutants screenshots ready-to-run ready-to-test ready-to-check

run: ready-to-run            ## three demonstration faces, with printed addresses and a pseudonym
	.venv/bin/python -m qol demo serve

test: ready-to-test          ## every test, in two processes
	.venv/bin/python -m pytest -n 2 tests

check: ready-to-check        ## linter, format, types, contracts
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy --strict qol
	.venv/bin/lint-imports

bench: ready-to-test         ## what it costs, against its floors, in one run
	.venv/bin/python -m bench
	.venv/bin/python -m bench.scoring
	.venv/bin/python -m bench.paper

prove: ready-to-test         ## what takes minutes: load, long fuzz, overload; before a release
	.venv/bin/python -m pytest -m prove tests

mutants: ready-to-check      ## does a unit test notice each small change of the scoring?
	@tools/mutants

screenshots: ready-to-test   ## a picture of each screen, to be looked at and committed
	.venv/bin/python -m pytest -m screenshots tests

ready-to-run:
	@tools/setup run

ready-to-test:
	@tools/setup test

ready-to-check:
	@tools/setup check
