# make demo   sets everything up and runs the main job
# make test   sets everything up and runs every check and test
.PHONY: demo test check long bench lock
PYTHON ?= python3
export PYTHON

demo:
	@scripts/install run
	@.venv/bin/holdfire demo

test:
	@scripts/install dev
	@scripts/browser
	@scripts/check
	@scripts/test

check:
	@scripts/install dev
	@scripts/check

long:
	@scripts/install dev
	@.venv/bin/pytest -m long -n auto

bench:
	@scripts/install dev
	@.venv/bin/python benchmarks/start.py
	@.venv/bin/python benchmarks/rules.py
	@.venv/bin/python benchmarks/reading.py
	@.venv/bin/python benchmarks/kinematics.py
	@.venv/bin/python benchmarks/night.py
	@.venv/bin/python benchmarks/track.py
	@.venv/bin/python benchmarks/incidents.py
	@.venv/bin/python benchmarks/flank.py
	@scripts/browser
	@.venv/bin/python benchmarks/report.py

lock:
	@scripts/lock
