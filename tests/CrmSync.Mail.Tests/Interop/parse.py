"""Reads the mails of a folder with Python's email package; one JSON object a line."""
import email, email.policy, glob, hashlib, json, os, sys

for path in sorted(glob.glob(os.path.join(sys.argv[1], "*.eml"))):
    with open(path, "rb") as file:
        mail = email.message_from_binary_file(file, policy=email.policy.default)
    parts = [p for p in mail.walk() if not p.is_multipart()]
    body = {p.get_content_type(): p.get_payload(decode=True).decode("utf-8") for p in parts if p.get_content_disposition() is None}
    attached = [p for p in parts if p.get_content_disposition() == "attachment"][0]
    print(json.dumps({
        "mail": os.path.basename(path),
        "subject": str(mail["Subject"]),
        "sender": mail["From"].addresses[0].display_name,
        "text": body["text/plain"],
        "html": body["text/html"],
        "file": attached.get_filename(),
        "sha256": hashlib.sha256(attached.get_payload(decode=True)).hexdigest(),
        "headers": len(mail.keys()),
        "defects": [type(d).__name__ for p in mail.walk() for d in p.defects],
    }))
