#!/usr/bin/env python3
"""A daemon's socket that serves badly: handoff.py SOCKET MANNER

  deaf        nobody accepts, and the queue of those who wait to be accepted is full
  silent      accepts, and never answers
  drips       answers a byte a second, and never to the end
  hangs-up    closes each connection as soon as a call is there
  busy        answers Busy to each call, closing, but for each fourth
  no-marks    gives a password, and cannot mark what becomes of it
  forgets     gives a password, hangs up on its settlement, and from then on is as deaf as if it were not there
"""
import json
import os
import socket
import sys
import threading
import time

path, manner = sys.argv[1:]
listener = socket.socket(socket.AF_UNIX)
listener.bind(path)
listener.listen(0 if manner == "deaf" else 64)
HANDOFF = "org.secom-otpd.Handoff."
PASSWORD = {"id": "main/1/1", "mailbox": "main", "recipient": None, "password": "made-up-for-this", "loginURL": "https://login.example/",
            "issuedAt": "2026-11-23T03:36:16Z", "expiresAt": "2026-11-24T03:36:16Z"}
calls = 0


def tell(line):
    """In one write: two threads' lines are not to run into one another."""
    os.write(1, f"{line}\n".encode())


def error(name, **parameters):
    return {"error": HANDOFF + name, "parameters": parameters}


def answer(method):
    """What is answered; nothing to hang up, and never to say nothing."""
    global calls
    calls += 1
    tell(method.removeprefix(HANDOFF))
    if manner in ("silent", "drips"):
        return threading.Event().wait() if manner == "silent" else {"parameters": {"never": "ending"}}
    if manner == "hangs-up":
        return None
    if manner == "busy" and calls % 4:
        return error("Busy", message="all places are taken")
    if method == HANDOFF + "Claim":
        return {"parameters": {"oneTimePassword": PASSWORD}}
    if method == HANDOFF + "Status":
        return {"parameters": {"version": "1", "mailboxes": [], "passwords": []}}
    if manner == "no-marks":
        return error("MarkFailed", reason="the mailbox is away")
    if manner == "forgets":
        os.unlink(path)
        listener.close()
        return None
    return {"parameters": {}}


def serve(connection):
    with connection, connection.makefile("rwb") as stream:
        while True:
            message = b""
            while not message.endswith(b"\0"):
                byte = stream.read(1)
                if not byte:
                    return
                message += byte
            reply = answer(json.loads(message[:-1])["method"])
            if reply is None:
                connection.shutdown(socket.SHUT_RDWR)
                return
            data = json.dumps(reply).encode() + b"\0"
            if manner == "drips":
                for byte in data:
                    time.sleep(1)
                    stream.write(b" ")
                    stream.flush()
                threading.Event().wait()
            stream.write(data)
            stream.flush()
            if "Busy" in reply.get("error", ""):
                return


if manner == "deaf":
    waiting = []
    while True:
        client = socket.socket(socket.AF_UNIX)
        client.setblocking(False)
        try:
            client.connect(path)
        except BlockingIOError:
            break
        waiting.append(client)
    tell("ready")
    threading.Event().wait()
tell("ready")
while True:
    try:
        connection, _ = listener.accept()
    except OSError:
        threading.Event().wait()
    threading.Thread(target=serve, args=(connection,), daemon=True).start()
