"""Run the command line: python -m goldenthread."""

from goldenthread.command_line import main

if __name__ == "__main__":
    main()
