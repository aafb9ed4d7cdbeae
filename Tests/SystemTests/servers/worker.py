#!/usr/bin/env python3
"""A login worker that has passwords pushed to it: worker.py SOCKET OUTCOME

Prints each password that is delivered, and answers with the outcome; with "hang-up" it closes the connection instead, with
"silent" it never answers, and with "silent-N" it does so for the first N and answers "used" from then on. A connection on which
nothing comes is told as "empty".
"""
import json
import os
import socket
import sys
import threading

path, outcome = sys.argv[1:]
listener = socket.socket(socket.AF_UNIX)
listener.bind(path)
listener.listen(64)


def tell(line):
    """In one write: two threads' lines are not to run into one another."""
    os.write(1, f"{line}\n".encode())


tell("ready")
count = 0


def serve(connection, number):
    with connection, connection.makefile("rwb") as stream:
        message = b""
        while not message.endswith(b"\0"):
            byte = stream.read(1)
            if not byte:
                break
            message += byte
        if not message.endswith(b"\0"):
            tell("empty")
            return
        call = json.loads(message[:-1])
        assert call["method"] == "org.secom-otpd.Worker.Deliver", call["method"]
        tell(call["parameters"]["oneTimePassword"]["password"])
        if outcome == "hang-up":
            return
        if outcome.startswith("silent") and number < int(outcome[7:] or 1 << 30):
            stream.read(1)
            tell("hung up on")
            return
        answer = "used" if outcome.startswith("silent") else outcome
        stream.write(json.dumps({"parameters": {"outcome": answer}}).encode() + b"\0")
        stream.flush()
        stream.read(1)


while True:
    connection, _ = listener.accept()
    threading.Thread(target=serve, args=(connection, count), daemon=True).start()
    count += 1
