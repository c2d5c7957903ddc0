# Reads the mails of a folder with Ruby's mail library; one JSON object a line.
require 'digest'
require 'json'
require 'mail'

Dir.glob(File.join(ARGV[0], '*.eml')).sort.each do |path|
  mail = Mail.new(File.binread(path))
  attached = mail.attachments.first
  puts JSON.generate(
    'mail' => File.basename(path),
    'subject' => mail.subject,
    'sender' => mail[:from].display_names.first,
    'text' => mail.text_part.decoded,
    'html' => mail.html_part.decoded,
    'file' => attached.filename,
    'sha256' => Digest::SHA256.hexdigest(attached.decoded),
    'headers' => mail.header_fields.length,
    'defects' => mail.errors.map(&:to_s)
  )
end
