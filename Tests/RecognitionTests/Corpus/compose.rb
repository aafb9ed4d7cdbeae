#!/usr/bin/env ruby
# Composes the letter with Ruby's mail, and what must be read out of each.
#
#     compose.rb DIRECTORY
#
# Needs ruby-mail. Writes ruby-NNN.eml and expected.jsonl.
require "cgi"
require "json"
require "mail"

directory = ARGV[0] or abort "usage: compose.rb DIRECTORY"
URL = "https://www.login.secomtrust.net/customer/customer/pfw/pfw-public-user-login.do"
SUBJECT = "お客様専用画面ログイン用ワンタイムパスワードのご案内"
random = Random.new(11)
expected = File.open("#{directory}/expected.jsonl", "w")
number = 0

letter = ->(password) do
  "お客さま各位\n\n下記ＵＲ\nＬにアクセスし、ログインしてください。\n\n○ワンタイムパスワード\n    ・ワンタイムパスワード：#{password}\n    ・ログイン用ＵＲＬ：#{URL}\n\n24時間\n"
end
page = ->(password) do
  "<html><body><p>・ワンタイムパスワード: #{CGI.escapeHTML(password)}</p>\n<p>・ログインURL: &lt;<a href=\"#{URL}\">#{URL}</a>&gt;</p></body></html>"
end

%w[UTF-8 ISO-2022-JP Shift_JIS EUC-JP].each do |charset|
  # For itself, and as it is told.
  [nil, "8bit", "7bit"].each do |encoding|
    %w[plain html both].each do |kind|
      password = (1..4 + random.rand(12)).map { (0x21 + random.rand(94)).chr }.join
      mail = Mail.new(charset: charset)
      mail.from = "セコムCAサポートセンター <ra-support@secom.co.jp>"
      mail.to = "a@example.jp"
      mail.message_id = "<#{number}.ruby@secom.co.jp>"
      mail.subject = SUBJECT
      mail.date = "Tue, 10 Mar 2026 09:30:00 +0900"
      fill = ->(part, type, text) do
        part.content_type = "text/#{type}; charset=#{charset}"
        part.content_transfer_encoding = encoding if encoding
        part.body = text.encode(charset)
      end
      case kind
      when "plain" then fill.(mail, "plain", letter.(password))
      when "html" then fill.(mail, "html", page.(password))
      else
        text, html = Mail::Part.new, Mail::Part.new
        fill.(text, "plain", letter.(password))
        fill.(html, "html", page.(password))
        mail.text_part = text
        mail.html_part = html
      end
      begin
        message = mail.to_s
      rescue StandardError
        next # It cannot compose this one.
      end
      file = format("ruby-%03d.eml", number)
      number += 1
      File.binwrite("#{directory}/#{file}", message)
      expected.puts JSON.generate({ file: file, password: password, loginURL: URL })
    end
  end
end
