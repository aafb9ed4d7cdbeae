#!/usr/bin/env python3
"""A login worker that has passwords pushed to it: worker.py SOCKET OUTCOME

Prints each password that is delivered, and answers with the outcome; with "hang-up" it closes the connection instead.
"""
import json
import os
import socket
import sys

path, outcome = sys.argv[1:]
listener = socket.socket(socket.AF_UNIX)
listener.bind(path)
listener.listen()
print("ready", flush=True)
while True:
    connection, _ = listener.accept()
    with connection, connection.makefile("rwb") as stream:
        message = b""
        while not message.endswith(b"\0"):
            byte = stream.read(1)
            if not byte:
                break
            message += byte
        if not message.endswith(b"\0"):
            continue
        call = json.loads(message[:-1])
        assert call["method"] == "org.secom-otpd.Worker.Deliver", call["method"]
        print(call["parameters"]["oneTimePassword"]["password"], flush=True)
        if outcome == "hang-up":
            continue
        stream.write(json.dumps({"parameters": {"outcome": outcome}}).encode() + b"\0")
        stream.flush()
        stream.read(1)
