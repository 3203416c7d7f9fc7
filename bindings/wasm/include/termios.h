/* WASI has no terminals; libfyaml can ask one how large it is. */
#ifndef HYBRIDDEPLOY_WASM_TERMIOS_H
#define HYBRIDDEPLOY_WASM_TERMIOS_H

struct termios {
    unsigned c_iflag, c_oflag, c_cflag, c_lflag;
    unsigned char c_cc[20];
};

enum { BRKINT = 1, ICRNL = 1, INPCK = 1, ISTRIP = 1, IXON = 1, OPOST = 1, CS8 = 1, ECHO = 1, ICANON = 1, IEXTEN = 1, ISIG = 1 };
enum { VMIN = 0, VTIME = 1, TCSANOW = 0, TCSADRAIN = 1, TCSAFLUSH = 2 };

#define tcgetattr(fd, settings) ((void)(fd), (void)(settings), -1)
#define tcsetattr(fd, when, settings) ((void)(fd), (void)(when), (void)(settings), -1)

#endif
