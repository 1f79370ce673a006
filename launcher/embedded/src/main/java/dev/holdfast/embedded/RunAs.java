package dev.holdfast.embedded;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.ArrayList;
import java.util.List;

/**
 * As whom PostgreSQL runs, which refuses to be root. A normal user runs it as it is. For root a
 * user namespace does, where nobody is root and the files stay root's; where there are none, the
 * user {@code nobody}, who must then own the data and be able to enter every folder on the way.
 */
enum RunAs {
  OURSELVES,
  USER_NAMESPACE,
  NOBODY;

  /** The way that works here. */
  static RunAs choose() {
    if (!"root".equals(System.getProperty("user.name"))) {
      return OURSELVES;
    }
    if (Shell.succeeds("unshare", "-U", "true")) {
      return USER_NAMESPACE;
    }
    if (Shell.succeeds("setpriv", "--reuid=65534", "--clear-groups", "true")) {
      return NOBODY;
    }
    throw new StartException(
        "PostgreSQL refuses to run as root, and neither unshare -U nor setpriv works here:"
            + " start as a normal user");
  }

  /** The command as it has to be called. */
  List<String> command(List<String> command) {
    List<String> prefix =
        switch (this) {
          case OURSELVES -> List.of();
          case USER_NAMESPACE -> List.of("unshare", "-U", "--");
          case NOBODY ->
              List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--");
        };
    List<String> whole = new ArrayList<>(prefix);
    whole.addAll(command);
    return whole;
  }

  /** Gives the file or folder, with all below it, to the one who runs the server. */
  void own(Path path) throws IOException {
    if (this != NOBODY) {
      return;
    }
    UserPrincipalLookupService names = path.getFileSystem().getUserPrincipalLookupService();
    var user = names.lookupPrincipalByName("65534");
    var group = names.lookupPrincipalByGroupName("65534");
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            return visitFile(folder, attributes);
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            view.setOwner(user);
            view.setGroup(group);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Refuses a folder that the one who runs the server could not reach. */
  void requireEntry(Path folder) throws IOException {
    if (this != NOBODY) {
      return;
    }
    for (Path at = folder; at != null; at = at.getParent()) {
      if (!Files.getPosixFilePermissions(at).contains(PosixFilePermission.OTHERS_EXECUTE)) {
        throw new StartException(
            "PostgreSQL has to run as nobody here, who may not enter "
                + at
                + ": choose a data folder elsewhere or start as a normal user");
      }
    }
  }
}
