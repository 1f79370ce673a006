package dev.holdfast.launcher.settings;

/**
 * All settings of one process.
 *
 * @param profile what the process is for
 * @param data where it keeps its data
 * @param postgres which PostgreSQL it uses
 * @param kafka which Kafka it uses
 * @param http where it listens
 * @param tokens how access tokens are signed
 * @param partners how the simulated partners behave
 * @param lanes how commands are executed
 * @param guards how calls to something outside are guarded
 * @param degradation when less is offered, and what
 * @param chaos faults on purpose
 * @param journal what is accepted while the database is away
 * @param recovery what is done about an agent that crashes again and again
 * @param timeouts how long things may take
 * @param redis what keeps snapshots besides memory
 * @param traces where traces go
 * @param logs how the log is written
 * @param metrics how metrics are named
 * @param alerts what people are told of, and how
 */
public record Settings(
    Profile profile,
    DataSettings data,
    PostgresServerSettings postgres,
    KafkaServerSettings kafka,
    HttpSettings http,
    TokenSettings tokens,
    PartnerSettings partners,
    LanesSettings lanes,
    GuardsSettings guards,
    DegradationSettings degradation,
    ChaosSettings chaos,
    JournalSettings journal,
    RecoverySettings recovery,
    TimeoutsSettings timeouts,
    RedisSettings redis,
    TracesSettings traces,
    LogsSettings logs,
    MetricsSettings metrics,
    AlertsSettings alerts) {
  public Settings {
    if (profile == Profile.PRODUCTION) {
      requireSecret(tokens.isGiven(), "tokens.secret");
      if (chaos.proxied()) {
        throw new IllegalArgumentException("profile production does not start with chaos.proxied");
      }
      requireSecret(postgres.isEmbedded() || postgres.password().bytes() > 0, "postgres.password");
    }
  }

  /** What holds when nobody says otherwise. */
  public static Settings shipped() {
    return new Settings(
        Profile.DEVELOPMENT,
        DataSettings.shipped(),
        PostgresServerSettings.shipped(),
        KafkaServerSettings.shipped(),
        HttpSettings.shipped(),
        TokenSettings.shipped(),
        PartnerSettings.shipped(),
        LanesSettings.shipped(),
        GuardsSettings.shipped(),
        DegradationSettings.shipped(),
        ChaosSettings.shipped(),
        JournalSettings.shipped(),
        RecoverySettings.shipped(),
        TimeoutsSettings.shipped(),
        RedisSettings.shipped(),
        TracesSettings.shipped(),
        LogsSettings.shipped(),
        MetricsSettings.shipped(),
        AlertsSettings.shipped());
  }

  /** The same with another section, such as {@link LanesSettings}, or with another profile. */
  public Settings with(Object section) {
    return RecordShape.with(this, section);
  }

  private static void requireSecret(boolean given, String key) {
    if (!given) {
      throw new IllegalArgumentException(
          "profile production does not start without %s (environment: %s)"
              .formatted(key, EnvironmentNames.of(key)));
    }
  }
}
