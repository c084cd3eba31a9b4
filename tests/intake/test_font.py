from __future__ import annotations

from bot.intake import pdf
from bot.intake.workers import Workers
from tests.invoices import documents, invoice
from tests.invoices.layouts import LAYOUTS


async def test_a_process_that_may_open_no_file_reads_fonts_that_are_only_named() -> None:
    async with Workers() as workers:
        data = documents.pdf(*(layout(invoice(8)) for layout in LAYOUTS.values()))
        assert await workers.read(data) == pdf.read(data)
