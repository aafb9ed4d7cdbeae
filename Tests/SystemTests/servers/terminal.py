#!/usr/bin/env python3
"""A person at a terminal: terminal.py COLUMNS STREAMS [--press KEYS --once WORDS]... COMMAND...

Runs the command on a terminal of its own, 24 rows high, where it has the control. STREAMS are those of its standard streams that are that
terminal, such as 02; the others are pipes. KEYS are pressed once WORDS stand there, each in its turn; ^C is Ctrl-C. Says at its end, as JSON:
"shown", all that was written to the terminal, "output" and "errors", what went elsewhere, and "exit", negative for a signal. Tells of each key on standard error.
"""
import fcntl
import json
import os
import pty
import select
import struct
import sys
import termios

columns, streams, *words = sys.argv[1:]
keys = []
while words[0] == "--press":
    keys.append((words[1].replace("^C", "\x03").encode(), words[3].encode()))
    words = words[4:]
master, slave = pty.openpty()
fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, int(columns), 0, 0))
pipes = {number: os.pipe() for number in (1, 2) if str(number) not in streams}
child = os.fork()
if child == 0:
    os.setsid()
    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
    os.dup2(slave if "0" in streams else os.open("/dev/null", os.O_RDONLY), 0)
    for number in (1, 2):
        os.dup2(pipes[number][1] if number in pipes else slave, number)
    os.closerange(3, 256)
    try:
        os.execvp(words[0], words)
    finally:
        os._exit(127)
os.close(slave)
names = {master: "shown"}
for number, (reading, writing) in pipes.items():
    os.close(writing)
    names[reading] = "output" if number == 1 else "errors"
seen = {"shown": b"", "output": b"", "errors": b""}
pressed_at = 0
while names:
    for descriptor in select.select(list(names), [], [])[0]:
        try:
            data = os.read(descriptor, 65536)
        except OSError:  # nobody has the terminal any more
            data = b""
        if not data:
            del names[descriptor]
            continue
        seen[names[descriptor]] += data
    # Each is looked for behind where the one before was found.
    while keys and (at := seen["shown"].find(keys[0][1], pressed_at)) >= 0:
        pressed_at = at + len(keys[0][1])
        os.write(master, keys.pop(0)[0])
        print("pressed", file=sys.stderr, flush=True)
status = os.waitpid(child, 0)[1]
print(json.dumps({name: data.decode(errors="replace") for name, data in seen.items()} | {"exit": os.waitstatus_to_exitcode(status)}))
