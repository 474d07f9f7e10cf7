from __future__ import annotations


def fuzz(books, folder, count, number):
    return {}
