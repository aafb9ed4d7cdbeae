// Composes the letter with JavaMail, and what must be read out of each.
//
//     java -cp /usr/share/java/javax.mail.jar:/usr/share/java/javax.activation.jar Compose.java DIRECTORY
//
// Needs a JDK and libmail-java. Writes java-NNN.eml and expected.jsonl.
import java.io.*;
import java.nio.file.*;
import java.util.*;
import javax.mail.*;
import javax.mail.internet.*;

public class Compose {
    static final String URL = "https://www.login.secomtrust.net/customer/customer/pfw/pfw-public-user-login.do";
    static final String SUBJECT = "お客様専用画面ログイン用ワンタイムパスワードのご案内";
    static final Random random = new Random(13);

    static String password() {
        var text = new StringBuilder();
        for (int count = 4 + random.nextInt(12); count > 0; count--) text.append((char) (0x21 + random.nextInt(94)));
        return text.toString();
    }

    static String letter(String password) {
        return "お客さま各位\r\n\r\n下記ＵＲ\r\nＬにアクセスし、ログインしてください。\r\n\r\n○ワンタイムパスワード\r\n    ・ワンタイムパスワード：" + password
            + "\r\n    ・ログイン用ＵＲＬ：" + URL + "\r\n\r\n24時間\r\n";
    }

    static String page(String password) {
        var shown = password.replace("&", "&amp;").replace("<", "&lt;");
        return "<html><body><p>・ワンタイムパスワード: " + shown + "</p>\r\n<p>・ログインURL: &lt;<a href=\"" + URL + "\">" + URL + "</a>&gt;</p></body></html>";
    }

    static void fill(Part part, String type, String text, String charset, String encoding) throws Exception {
        part.setContent(text, "text/" + type + "; charset=" + charset);
        if (encoding != null) part.setHeader("Content-Transfer-Encoding", encoding);
    }

    public static void main(String[] arguments) throws Exception {
        var directory = Path.of(arguments[0]);
        var expected = new StringBuilder();
        int number = 0;
        for (var charset : List.of("UTF-8", "ISO-2022-JP", "x-windows-iso2022jp", "Shift_JIS", "windows-31j", "EUC-JP"))
            for (var encoding : Arrays.asList(null, "base64", "quoted-printable", "7bit", "8bit"))
                for (var kind : List.of("plain", "html", "both")) {
                    if ("7bit".equals(encoding) && !charset.contains("2022")) continue;
                    var password = password();
                    var id = "<" + number + ".java@secom.co.jp>";
                    var message = new MimeMessage(Session.getInstance(new Properties())) {
                        @Override protected void updateMessageID() throws MessagingException { setHeader("Message-ID", id); }
                    };
                    message.setFrom(new InternetAddress("ra-support@secom.co.jp", "セコムCAサポートセンター", charset));
                    message.setRecipients(Message.RecipientType.TO, "a@example.jp");
                    message.setSubject(SUBJECT, charset);
                    message.setHeader("Date", "Tue, 10 Mar 2026 09:30:00 +0900");
                    if (kind.equals("both")) {
                        var parts = new MimeMultipart("alternative");
                        for (var type : List.of("plain", "html")) {
                            var part = new MimeBodyPart();
                            fill(part, type, type.equals("plain") ? letter(password) : page(password), charset, encoding);
                            parts.addBodyPart(part);
                        }
                        message.setContent(parts);
                    } else {
                        fill(message, kind, kind.equals("plain") ? letter(password) : page(password), charset, encoding);
                    }
                    var file = String.format("java-%03d.eml", number++);
                    try (var out = new FileOutputStream(directory.resolve(file).toFile())) {
                        message.writeTo(out);
                    }
                    var quoted = password.replace("\\", "\\\\").replace("\"", "\\\"");
                    expected.append(String.format("{\"file\": \"%s\", \"password\": \"%s\", \"loginURL\": \"%s\"}%n", file, quoted, URL));
                }
        Files.writeString(directory.resolve("expected.jsonl"), expected.toString());
    }
}
