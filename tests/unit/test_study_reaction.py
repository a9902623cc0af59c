"""Conclusions that reverse once the other side adapts are said first."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from holdfire.study.reaction import pairs, reversals
from holdfire.study.words import sentences
from support.short_study import short_comparison
