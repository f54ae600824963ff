package io.clientele.db;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/** What PostgreSQL is started with: safe with the data, made for many short transactions on SSD. */
final class PostgresSettings {

  private static final long MEGABYTE = 1024 * 1024;

  private PostgresSettings() {}

  /** The arguments after the program's name. */
  static List<String> arguments(Path data, int port, EmbeddedPostgres.Options options) {
    var settings = new LinkedHashMap<String, String>();
    settings.put("cluster_name", clusterName(data));
    settings.put("listen_addresses", "127.0.0.1");
    settings.put("port", Integer.toString(port));
    settings.put("unix_socket_directories", ""); // the path of a socket may be too long for one
    settings.putAll(memory(memoryMegabytes()));
    settings.putAll(steady());
    settings.putAll(options.settings());
    var arguments = new ArrayList<>(List.of("-D", data.toString()));
    settings.forEach((name, value) -> arguments.addAll(List.of("-c", name + "=" + value)));
    return arguments;
  }

  /**
   * Names the data directory in the title of each of its processes, so that we know them again even
   * where we may not see which program they run.
   */
  static String clusterName(Path data) {
    var checksum = new CRC32();
    checksum.update(data.toString().getBytes(StandardCharsets.UTF_8));
    return "clientele-%08x".formatted(checksum.getValue());
  }

  static Map<String, String> memory(long megabytes) {
    long shared = Math.clamp(megabytes / 4, 128, 1024);
    return Map.of(
        "shared_buffers", shared + "MB",
        "effective_cache_size", Math.max(256, megabytes / 2) + "MB",
        "maintenance_work_mem", Math.clamp(megabytes / 32, 64, 256) + "MB",
        "work_mem", Math.clamp(megabytes / 512, 4, 16) + "MB");
  }

  private static Map<String, String> steady() {
    return Map.ofEntries(
        Map.entry("fsync", "on"),
        Map.entry("timezone", "UTC"),
        Map.entry("log_timezone", "UTC"),
        Map.entry("max_connections", "200"),
        Map.entry("max_locks_per_transaction", "256"), // an org's schema holds hundreds of tables
        Map.entry("random_page_cost", "1.1"),
        Map.entry("min_wal_size", "256MB"),
        Map.entry("max_wal_size", "2GB"),
        Map.entry("checkpoint_timeout", "15min"),
        Map.entry("jit", "off"),
        // statements that fail are the server's to report: here they would fill the disk, and
        // their details hold personal data
        Map.entry("log_min_messages", "log"),
        Map.entry("log_checkpoints", "off"));
  }

  private static long memoryMegabytes() {
    var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return system.getTotalMemorySize() / MEGABYTE;
  }
}
