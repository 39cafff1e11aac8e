#!/bin/sh
# Runs once in the new mount namespace of a machine of the lab and makes it look like
# a machine of its own.  usage: mounts.sh DIR node|plain KEPT...
#   DIR    the machine's folder; DIR/etc holds what differs from this machine's /etc
#   KEPT   folders that must stay reachable under their paths when /var is covered
set -eu
dir=$1 role=$2
shift 2

mkdir "$dir/etc.work"
mount -t overlay pullmend-lab -o "lowerdir=/etc,upperdir=$dir/etc,workdir=$dir/etc.work" /etc
[ "$role" = node ] || exit 0

# What this machine may have configured for a runtime of its own is not the node's.
for name in cni containerd kubernetes; do
  mount --bind "$dir/etc/$name" "/etc/$name"
done

# A kubelet tunes the whole machine (pkg/kubelet/cm, setupKernelTunables) unless it
# finds the values it wants: show them, change nothing.
mkdir "$dir/sysctl"
show() {
  file=$dir/sysctl/$(basename "$1")
  echo "$2" >"$file"
  mount --bind "$file" "/proc/sys/$1"
}
show vm/overcommit_memory 1
show vm/panic_on_oom 0
show kernel/panic 10
show kernel/panic_on_oops 1
show kernel/keys/root_maxkeys 1000000
show kernel/keys/root_maxbytes 25000000

# Pods of this node reach those of the other one.
echo 1 >/proc/sys/net/ipv4/ip_forward

mkdir -p "$dir/var/lib/containerd" "$dir/var/lib/kubelet" "$dir/var/log" "$dir/var/cache"
mkdir -m 1777 "$dir/var/tmp"
ln -s /run "$dir/var/run"
for kept in "$@"; do
  kept=$(realpath "$kept")
  case $kept in
  /var/*)
    mkdir -p "$dir$kept"
    mount --bind "$kept" "$dir$kept"
    ;;
  esac
done
mount --rbind "$dir/var" /var
mount -t tmpfs -o mode=755 pullmend-lab /run

# Volumes with mountPropagation need a shared root; nothing is shared with this machine.
mount --make-rshared /
