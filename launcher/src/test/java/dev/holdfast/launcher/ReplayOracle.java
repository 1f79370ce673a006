package dev.holdfast.launcher;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the books must say after a replay at opening stock 1.0, worked out from the files alone and
 * with no code of the product: its own reading of CSV, its own arithmetic.
 */
final class ReplayOracle {
  /** Pence of each order, by number. */
  final Map<String, Long> orders = new LinkedHashMap<>();

  /** Pence given back for each return, by number; -1 where it is refused. */
  final Map<String, Long> returns = new LinkedHashMap<>();

  /** Units that must lie there at the end, by code. */
  final Map<String, Long> onHand = new TreeMap<>();

  int adjustments;
  int ledgerEntries;
  int unreadable;
  long orderedUnits;
  long returnedPence;
  long opening;
  long sold;
  long restocked;
  long adjusted;

  private final Map<String, Long> left = new HashMap<>();
  private final Map<String, List<Bought>> bought = new HashMap<>();

  private static final class Bought {
    final String order;
    long units;

    Bought(String order, long units) {
      this.order = order;
      this.units = units;
    }
  }

  /** Adds a file. */
  void add(String csv) {
    Map<String, List<String[]>> documents = new LinkedHashMap<>();
    List<String[]> rows = rows(csv);
    for (String[] row : rows.subList(1, rows.size())) {
      documents.computeIfAbsent(row[0], number -> new ArrayList<>()).add(row);
    }
    documents.forEach(this::document);
  }

  private void document(String number, List<String[]> rows) {
    if (rows.stream().anyMatch(row -> !row[3].matches("-?\\d+"))) {
      unreadable++;
    } else if (number.charAt(0) == 'A') {
      ledgerEntries++;
    } else if (number.charAt(0) == 'C') {
      giveBack(number, rows);
    } else if (rows.stream().allMatch(row -> new BigDecimal(row[5]).signum() == 0)) {
      adjust(rows);
    } else {
      order(number, rows);
    }
  }

  private void order(String number, List<String[]> rows) {
    long pence = 0;
    for (String[] row : rows) {
      long units = Long.parseLong(row[3]);
      pence += pence(row);
      orderedUnits += units;
      if (!row[6].isBlank()) {
        bought
            .computeIfAbsent(row[6] + "/" + row[1], key -> new ArrayList<>())
            .add(new Bought(number, units));
      }
      if (isGoods(row[1])) {
        opening += units;
        sold += units;
        onHand.merge(row[1], 0L, Long::sum);
      }
    }
    orders.put(number, pence);
    left.put(number, pence);
  }

  private void adjust(List<String[]> rows) {
    adjustments++;
    for (String[] row : rows) {
      long units = Long.parseLong(row[3]);
      if (isGoods(row[1])) {
        adjusted += units;
        opening += Math.max(0, -units);
        onHand.merge(row[1], Math.max(0, units), Long::sum);
      }
    }
  }

  private void giveBack(String number, List<String[]> rows) {
    long pence = 0;
    Map<String, Long> wanted = new LinkedHashMap<>();
    for (String[] row : rows) {
      pence -= pence(row);
      wanted.merge(row[1], -Long.parseLong(row[3]), Long::sum);
    }
    returnedPence += pence;
    String customer = rows.get(0)[6];
    boolean isBought =
        !customer.isBlank()
            && wanted.entrySet().stream()
                .allMatch(code -> available(customer, code.getKey()) >= code.getValue());
    returns.put(number, isBought && take(customer, wanted, pence) ? pence : -1L);
  }

  private long available(String customer, String code) {
    return bought.getOrDefault(customer + "/" + code, List.of()).stream()
        .mapToLong(one -> one.units)
        .sum();
  }

  /** Oldest first; nothing is taken when the orders have less money left than is asked for. */
  private boolean take(String customer, Map<String, Long> wanted, long pence) {
    Map<Bought, Long> taken = new LinkedHashMap<>();
    wanted.forEach(
        (code, units) -> {
          long missing = units;
          for (Bought one : bought.get(customer + "/" + code)) {
            long some = Math.min(missing, one.units);
            if (some > 0) {
              taken.put(one, some);
              missing -= some;
            }
          }
        });
    List<String> claimed =
        orders.keySet().stream()
            .filter(order -> taken.keySet().stream().anyMatch(one -> one.order.equals(order)))
            .toList();
    if (claimed.stream().mapToLong(left::get).sum() < pence) {
      return false;
    }
    long owed = pence;
    for (String order : claimed) {
      long part = Math.min(owed, left.get(order));
      left.merge(order, -part, Long::sum);
      owed -= part;
    }
    taken.forEach((one, units) -> one.units -= units);
    wanted.forEach(
        (code, units) -> {
          if (isGoods(code)) {
            restocked += units;
            onHand.merge(code, units, Long::sum);
          }
        });
    return true;
  }

  private static boolean isGoods(String code) {
    return code.matches("[0-9]{5}[A-Za-z]?[A-Za-z]?");
  }

  private static long pence(String[] row) {
    return new BigDecimal(row[3])
        .multiply(new BigDecimal(row[5]))
        .scaleByPowerOfTen(2)
        .setScale(0, RoundingMode.HALF_UP)
        .longValueExact();
  }

  /** Fields may stand in quotes, and a quote within them is doubled. */
  private static List<String[]> rows(String csv) {
    List<String[]> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean isQuoted = false;
    for (int at = 0; at < csv.length(); at++) {
      char letter = csv.charAt(at);
      if (letter == '"') {
        if (isQuoted && at + 1 < csv.length() && csv.charAt(at + 1) == '"') {
          field.append('"');
          at++;
        } else {
          isQuoted = !isQuoted;
        }
      } else if (!isQuoted && (letter == ',' || letter == '\n')) {
        row.add(field.toString());
        field.setLength(0);
        if (letter == '\n') {
          rows.add(row.toArray(String[]::new));
          row.clear();
        }
      } else if (letter != '\r') {
        field.append(letter);
      }
    }
    return rows;
  }
}
