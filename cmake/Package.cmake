# SPDX-License-Identifier: Apache-2.0
# The Debian package, by CPack: `cmake --build build/release --target package` makes
# build/sealtone_VERSION_ARCHITECTURE.deb (tools/package does that and what comes before it).
#
# packaging/ holds what is in it beside the program and its documents.  What it depends on is asked
# of dpkg-shlibdeps.
set(here ${CMAKE_SOURCE_DIR}/packaging)

install(TARGETS sealtone RUNTIME DESTINATION bin)
install(FILES ${here}/sealtone.service DESTINATION lib/systemd/system)
# An absolute path, so that dpkg sees it outside /usr and keeps what the admin wrote there.
install(FILES ${here}/sealtone.default DESTINATION /etc/default RENAME sealtone)
install(FILES ${here}/copyright docs/instructions.md docs/operations.md docs/api.md docs/json.md
              docs/conformance.md
        DESTINATION share/doc/sealtone)
install(DIRECTORY profiles DESTINATION share/doc/sealtone)  # to make one's own from

# Debian policy 12.1: manual pages are compressed, without a name and time of their own in it.
set(manual ${CMAKE_BINARY_DIR}/sealtone.1.gz)
add_custom_command(OUTPUT ${manual} DEPENDS ${here}/sealtone.1 VERBATIM
  COMMAND sh -c "gzip -9nc '${here}/sealtone.1' > '${manual}'")
add_custom_target(manual ALL DEPENDS ${manual})
install(FILES ${manual} DESTINATION share/man/man1)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME sealtone)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_VENDOR "the authors of Sealtone")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "desk phone in software whose TLS explains itself")
set(CPACK_PACKAGE_DESCRIPTION
"An IP phone without a handset: it fetches its configuration over HTTPS, serves
its own page over HTTPS, and shows its certificate to a server that asks. Every
connection ends in a verdict in plain words, with the next step and the
handshake drawn step by step.
.
The service is neither enabled nor started by installing the package.")
set(CPACK_PACKAGE_DIRECTORY ${CMAKE_SOURCE_DIR}/build)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES OFF)  # the release build is linked so
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_MAINTAINER "the authors of Sealtone")
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS ca-certificates)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
file(WRITE ${CMAKE_BINARY_DIR}/conffiles "/etc/default/sealtone\n")
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
    ${here}/postinst ${here}/prerm ${here}/postrm ${CMAKE_BINARY_DIR}/conffiles)
include(CPack)
