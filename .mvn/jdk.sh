# Finds a JDK 25 or newer and exports JAVA_HOME; sourced by ./clientele and ./mvnw.
# Order: JAVA_HOME, the java on the PATH, the usual places of Linux, macOS and SDKMAN.

clientele_java_version() { # prints the feature number of the JDK in $1, nothing if there is no JDK
  [ -x "$1/bin/javac" ] && sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null
}

clientele_find_jdk() (
  set +f
  on_path=$(command -v javac 2>/dev/null || true)
  if [ -n "$on_path" ]; then
    on_path=$(readlink -f "$on_path" 2>/dev/null || echo "$on_path")
    on_path=${on_path%/bin/javac}
  fi
  for home in "${JAVA_HOME:-}" "$on_path" \
    /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /opt/*jdk* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/*; do
    [ -n "$home" ] || continue
    version=$(clientele_java_version "$home" || true)
    if [ "${version:-0}" -ge 25 ]; then
      echo "$home"
      exit 0
    fi
  done
  exit 1
)

if ! JAVA_HOME=$(clientele_find_jdk); then
  cat >&2 <<'MESSAGE'
Clientele needs a JDK 25 or newer and found none.
Looked at: JAVA_HOME, the javac on the PATH, /usr/lib/jvm, /usr/java, /opt, /Library/Java/JavaVirtualMachines,
Homebrew, ~/.sdkman/candidates/java and ~/.jdks.
Install one (for example Eclipse Temurin 25) or set JAVA_HOME to where it lies, then run the command again.
MESSAGE
  exit 1
fi
export JAVA_HOME
