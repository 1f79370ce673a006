package dev.holdfast.launcher.days;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.holdfast.launcher.days.DocumentRules.RawRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One file of a retailer's day.
 *
 * @param name as it is told to people
 * @param digest SHA-256 of its content, in hex
 * @param rows how many, without the header
 * @param documents in the order of their first rows
 */
public record DayFile(String name, String digest, int rows, List<Document> documents) {
  /** What the files' prices are in. */
  public static final String CURRENCY = "GBP";

  private static final long MAX_BYTES = 512L << 20;
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  public DayFile {
    documents = List.copyOf(documents);
  }

  /**
   * Reads a whole file.
   *
   * @throws DayFileException when it is missing, too large, no UTF-8 or has another header
   */
  public static DayFile read(Path file) {
    byte[] content = content(file);
    String text = text(file, content);
    Map<String, List<RawRow>> byNumber = new LinkedHashMap<>();
    int rows = 0;
    try (CsvReader<CsvRecord> reader = reader(text)) {
      Iterator<CsvRecord> records = reader.iterator();
      requireHeader(file, records);
      while (records.hasNext()) {
        CsvRecord row = records.next();
        RawRow raw = new RawRow(row.getStartingLineNumber(), row.getFields());
        String number = RowRules.number(raw.fields());
        byNumber.computeIfAbsent(number, first -> new ArrayList<>()).add(raw);
        rows++;
      }
    } catch (CsvParseException | IOException | UncheckedIOException wrong) {
      throw new DayFileException("the file " + file + " cannot be read: " + wrong.getMessage());
    }
    String name = file.getFileName().toString();
    List<Document> documents = new ArrayList<>(byNumber.size());
    byNumber.forEach((number, raw) -> documents.add(DocumentRules.of(name, number, raw)));
    return new DayFile(name, sha256(content), rows, documents);
  }

  /** Whatever a row looks like, it is a row; what is wrong with it is told of its document. */
  private static CsvReader<CsvRecord> reader(String text) {
    return CsvReader.builder()
        .allowExtraFields(true)
        .allowMissingFields(true)
        .allowExtraCharsAfterClosingQuote(true)
        .ofCsvRecord(text);
  }

  private static byte[] content(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new DayFileException("the file " + file + " is larger than 512 MB");
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException missing) {
      throw new DayFileException("there is no file " + file);
    } catch (IOException unreadable) {
      throw new DayFileException(
          "the file " + file + " cannot be read: " + unreadable.getMessage());
    }
  }

  private static String text(Path file, byte[] content) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (CharacterCodingException wrong) {
      throw new DayFileException("the file " + file + " is not UTF-8");
    }
  }

  private static void requireHeader(Path file, Iterator<CsvRecord> records) {
    List<String> header = records.hasNext() ? records.next().getFields() : List.of();
    if (!header.stream().map(String::strip).toList().equals(RowRules.COLUMNS)) {
      throw new DayFileException(
          "the file "
              + file
              + " does not begin with the header "
              + String.join(",", RowRules.COLUMNS));
    }
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
