using System.Windows.Forms;

namespace NesCoreShim.Host.Shell;

/// <summary>Reads a script from standard input, or from the file named, and stops at the first line that fails.</summary>
internal static class Program
{
    [STAThread]
    private static int Main(string[] arguments)
    {
        Application.EnableVisualStyles();
        Application.SetUnhandledExceptionMode(UnhandledExceptionMode.ThrowException);
        using TextReader script = arguments.Length > 0 ? new StreamReader(arguments[0]) : Console.In;
        using ShellScript shell = new();
        while (script.ReadLine() is { } line)
        {
            Console.WriteLine("> " + line);
            try
            {
                shell.Run(line);
            }
            catch (Exception e)
            {
                Console.WriteLine("  failed: " + e);
                return 1;
            }
        }

        return 0;
    }
}
