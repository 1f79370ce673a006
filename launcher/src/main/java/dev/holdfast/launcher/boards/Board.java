package dev.holdfast.launcher.boards;

import java.util.List;

/**
 * One Grafana dashboard.
 *
 * @param file its file's name, with its number
 * @param title as Grafana shows it
 * @param page the page of the operators' guide that explains it
 * @param refresh how often it is asked anew, such as {@code 5s}
 * @param from how far it looks back, such as {@code now-15m}
 * @param variables what a viewer may choose, beside the data source
 * @param panels from left to right, then downwards
 */
record Board(
    String file,
    String title,
    String page,
    String refresh,
    String from,
    List<Variable> variables,
    List<Panel> panels) {

  /**
   * A choice among a label's values.
   *
   * @param name as expressions have it, {@code $name}
   * @param metric whose label it is
   * @param label the label
   * @param all whether several, or all, may be chosen
   */
  record Variable(String name, String metric, String label, boolean all) {}

  /** All boards. */
  static List<Board> all() {
    return List.of(
        OverviewBoards.overview(),
        RequestBoards.requests(),
        RequestBoards.latency(),
        CacheBoard.board(),
        WorkerBoard.board(),
        ErrorBoard.board(),
        OverviewBoards.system(),
        OverviewBoards.agent(),
        PlatformBoards.supervision(),
        PlatformBoards.flow());
  }
}
