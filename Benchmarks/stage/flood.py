"""A scripted server as a process of its own, whose mailbox gets very many mails at once. Each line on standard input tells it how many;
it prints its port, and a line when the client has had all of them."""
import asyncio, pathlib, sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from stage.scripted import Kind, Mail, Scripted, Session
from stage.servers import Letter

COMMON = "IMAP4rev1 SASL-IR AUTH=PLAIN UIDPLUS CONDSTORE LITERAL+ IDLE"
KINDS = {"NOTIFY": Kind(f"{COMMON} NOTIFY"), "IDLE": Kind(COMMON)}


async def flood(way, user):
    async with Scripted(KINDS[way]) as server:
        print(server.imap, flush=True)
        account = server.accounts[user]
        while line := await asyncio.to_thread(sys.stdin.readline):
            first, count = len(account.mails), int(line)
            pattern = Letter(0)
            for serial in range(count):
                text = pattern.bytes.replace(pattern.password.encode(), b"Pw%010d" % (first + serial))
                account.mails.append(Mail(first + serial + 1, text, account.change()))
            for session in list(account.sessions):
                session.push()
            print("begun", flush=True)
            while not all(mail.is_taken for mail in account.mails[first:]) or any(session.writer.transport.get_write_buffer_size() for session in account.sessions):
                await asyncio.sleep(0.2)
            print("taken", flush=True)


asyncio.run(flood(*sys.argv[1:]))
