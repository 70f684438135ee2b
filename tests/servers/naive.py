"""Clients that take each source for what it seems to be: on a plain server they get everything right."""

import json
import re
from http.client import IncompleteRead
from pathlib import Path
from urllib.parse import quote, urlencode
from urllib.request import urlopen


def get(url: str) -> bytes:
    """What comes, be it whole or not."""
    with urlopen(url, timeout=1) as answer:
        try:
            return bytes(answer.read())
        except IncompleteRead as error:
            return error.partial


def harvest_repository(url: str, dossier: str, folder: Path) -> None:
    """All letters of a dossier that SRU counts, each in the folder of its dossier."""
    start, count = 0, 1
    while start < count:
        query = f'w.dossiernummer=="{dossier}" sortBy dt.modified/sort.ascending'
        asked = {"operation": "searchRetrieve", "version": "2.0", "query": query, "startRecord": start}
        text = get(f"{url}/sru?{urlencode(asked | {'maximumRecords': 100})}").decode()
        count = int((re.findall(r"<sru:numberOfRecords>(\d+)<", text) or ["0"])[0])
        records = re.findall(r"<sru:record>.*?</sru:record>", text, re.DOTALL)
        if count and not records:
            raise RuntimeError("no records came")
        for record in records:
            identifier = re.findall(r"<dcterms:identifier>(.*?)<", record)[0]
            kind = re.findall(r"<overheidwetgeving:subrubriek>(.*?)<", record)[0]
            of = re.findall(r"<overheidwetgeving:dossiernummer>(.*?)<", record)[0]
            address = re.findall(r'manifestation="xml">(.*?)<', record)[0]
            path = folder / dossier / f"{identifier}.xml"
            if kind == "Brief" and not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(get(address))
                path.with_suffix(".json").write_text(json.dumps([of]))
        start += 100


def harvest_parliament(url: str, folder: Path) -> None:
    """All letters that the first page of OData lists."""
    asked = quote("Soort eq 'Brief regering'")
    for row in json.loads(get(f"{url}/Document?$filter={asked}"))["value"]:
        dossier = row["Kamerstukdossier"][0]["Nummer"]
        path = folder / f"kst-{dossier}-{row['Volgnummer']}.pdf"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(get(f"{url}/Document({row['Id']})/resource"))
        path.with_suffix(".json").write_text(json.dumps([str(dossier)]))
