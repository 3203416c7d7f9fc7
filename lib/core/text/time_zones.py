#!/usr/bin/env python3
"""Writes time_zones.def, the IANA time zones and the hours that daylight saving leaves out: time_zones.py [FOLDER] > time_zones.def

The source is the time zone database of the IANA as Debian's package tzdata installs it, below /usr/share/zoneinfo. It is run by hand when
the database has new names, a few times in ten years.
"""
import datetime
import sys
import zoneinfo
from pathlib import Path

FOLDER = Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/zoneinfo")
# As many as three bits tell apart, with NOWHERE: those with the most names.
REGIONS = ("Africa", "America", "Asia", "Australia", "Etc", "Europe", "Pacific")
FIRST_YEAR, LAST_YEAR = 2026, 2035


def version():
    return (FOLDER / "tzdata.zi").read_text().partition("\n")[0].removeprefix("# version ")


def names():
    found = set()
    for line in (FOLDER / "tzdata.zi").read_text().splitlines():
        words = line.split()
        if words[0] == "Z":
            found.add(words[1])
        elif words[0] == "L":
            found.add(words[2])
    return sorted(found - {"Factory"})


def gaps(zone):
    """The hours that clocks jump over: (day, minute at which it begins, minutes)."""
    utc = datetime.timezone.utc
    time, end = datetime.datetime(FIRST_YEAR, 1, 1, tzinfo=utc), datetime.datetime(LAST_YEAR + 1, 1, 1, tzinfo=utc)
    hour = datetime.timedelta(hours=1)
    while time < end:
        before, after = time.astimezone(zone).utcoffset(), (time + 24 * hour).astimezone(zone).utcoffset()
        if after > before:
            at = time
            while (at + datetime.timedelta(minutes=30)).astimezone(zone).utcoffset() == before:
                at += datetime.timedelta(minutes=30)
            at += datetime.timedelta(minutes=30)
            local = (at + before).replace(tzinfo=None)
            yield local.date(), local.hour * 60 + local.minute, int((after - before).total_seconds()) // 60
        time += 24 * hour


def gap(name):
    """The gap that a zone has each year: (minute at which it begins, minutes, month, first and last day, weekday from Sunday)."""
    found = list(gaps(zoneinfo.ZoneInfo.from_file(open(FOLDER / name, "rb"))))
    starts, weekdays = {(start, length) for _, start, length in found}, {day.isoweekday() % 7 for day, _, _ in found}
    # Gaps that follow the moon have no weekday and month of their own.
    if len(found) < 5 or len(starts) != 1 or len(weekdays) != 1 or len({day.month for day, _, _ in found}) != 1:
        return 0, 0, 0, 0, 0, 0
    (start, length), = starts
    days = [day.day for day, _, _ in found]
    return start, length, found[0][0].month, min(days), max(days), weekdays.pop()


def parted(name):
    """The region that a name begins with, as a word of C, and what is behind it."""
    region, slash, place = name.partition("/")
    return (region.upper(), place) if region in REGIONS and slash else ("NOWHERE", name)


def main():
    zones = {name: gap(name) for name in names()}
    known = sorted(set(zones.values()))
    print(f"/* Written by time_zones.py from version {version()} of the IANA's time zone database.")
    print(" * GAP(minute of the day at which clocks jump, by how many minutes, month, first and last day, weekday from Sunday)")
    print(" * REGION(its word, with which its names begin)")
    print(" * ZONE(region, the rest of the name, number of its gap) */")
    for region in REGIONS:
        print(f'REGION({region.upper()}, "{region}/")')
    for values in known:
        print(f"GAP({', '.join(map(str, values))})")
    for name, values in zones.items():
        region, rest = parted(name)
        print(f'ZONE({region}, "{rest}", {known.index(values)})')


if __name__ == "__main__":
    main()
