using NesCoreShim.Trail.Levels;

if (args.Length != 2)
{
    Console.Error.WriteLine("Usage: TrailLevels FOLDER OUTPUT; FOLDER holds legend.txt and the levels, OUTPUT is the assembly to write, such as levels.s.");
    return 2;
}

try
{
    File.WriteAllText(args[1], StageSet.Load(args[0]).ToAssembly());
    return 0;
}
catch (LevelException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
