"""Secrets that systemd passes: LoadCredential=, LoadCredentialEncrypted=. systemd.exec(5)"""
import os

from .failure import SETUP, Failure

BOUND = 64 * 1024


def read(name):
    """The text of the credential of that name, in $CREDENTIALS_DIRECTORY, without white space around it."""
    if not name or "/" in name or name.startswith("."):
        raise Failure(SETUP, "a credential name is the one given to LoadCredential=, without a slash")
    directory = os.environ.get("CREDENTIALS_DIRECTORY")
    if not directory:
        raise Failure(SETUP, f"systemd passed no credentials (CREDENTIALS_DIRECTORY is not set): add LoadCredentialEncrypted={name}:... to the unit")
    try:
        with open(os.path.join(directory, name), "rb") as file:
            data = file.read(BOUND + 1)
    except FileNotFoundError:
        raise Failure(SETUP, f"systemd passed no credential {name}: add LoadCredentialEncrypted={name}:... to the unit, then systemctl restart") from None
    except OSError as error:
        raise Failure(SETUP, f"the credential {name} cannot be read: {os.strerror(error.errno or 0)}") from None
    if len(data) > BOUND:
        raise Failure(SETUP, f"the credential {name} is larger than {BOUND // 1024} KiB")
    try:
        text = data.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        text = ""
    if not text or "\0" in text:
        raise Failure(SETUP, f"the credential {name} is empty or not text: create it again with systemd-creds encrypt --name={name}")
    return text
