"""canary.py TEXT PLACE...: how often a text, or bytes ("hex:00ff"), is found, as it is, in hex, in Base64 and in UTF-16, in each place: a folder, a file, or
the memory of a process ("pid:N").  One line a place: count, place.  Memory that processes share is read once, and what a
sanitizer has only set aside not at all."""
import base64
import os
import sys


def forms(text):
    raw = bytes.fromhex(text[4:]) if text.startswith("hex:") else text.encode()
    found = {raw, raw.hex().encode(), raw.hex().upper().encode()}
    if raw == text.encode():
        found |= {text.encode("utf-16-le"), text.encode("utf-16-be")}
    for shift in range(3):  # what stays the same whatever stands before and behind it
        found.add(base64.b64encode(b"\0" * shift + raw)[(0, 2, 3)[shift]:-4].rstrip(b"="))
    return found


def count(data, needles):
    return sum(data.count(needle) for needle in needles)


def in_memory(pid, needles, seen):
    total = 0
    with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb", 0) as memory:
        for line in maps:
            parts = line.split()
            begin, end = (int(x, 16) for x in parts[0].split("-"))
            shared = (parts[3], parts[4], parts[2])
            if end - begin > 1 << 31 or "r" not in parts[1] or parts[-1] in ("[vvar]", "[vsyscall]") or ("s" in parts[1] and shared in seen):
                continue
            if "s" in parts[1]:
                seen.add(shared)
            try:
                memory.seek(begin)
                total += count(memory.read(end - begin), needles)
            except (OSError, ValueError, OverflowError):
                continue  # gone meanwhile, or not to be read
    return total


def in_files(place, needles):
    total = 0
    paths = [place] if os.path.isfile(place) else [os.path.join(at, name) for at, _, names in os.walk(place) for name in names]
    for path in paths:
        try:
            if os.path.isfile(path):
                with open(path, "rb") as file:
                    total += count(file.read(), needles)
        except OSError:
            continue
    return total


def main():
    needles, seen = forms(sys.argv[1]), set()
    for place in sys.argv[2:]:
        kind, _, pid = place.partition(":")
        try:
            print(in_memory(pid, needles, seen) if kind == "pid" else in_files(place, needles), place)
        except FileNotFoundError:
            print(0, place, "gone")


main()
