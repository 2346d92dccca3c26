using MarioAgentTool.Environment;

namespace MarioAgentTool.Tests.Architecture;

/// <summary>Imports inside the Agent point one way, down to method bodies. The table is the rule.</summary>
public class RoomTests
{
    private const string Root = "MarioAgentTool.";

    private static readonly Dictionary<string, string[]> _mayUse = new()
    {
        ["Support"] = [],
        ["Game"] = ["Support"],
        ["Environment"] = ["Game", "Support"],
        ["Learning"] = ["Support"],
        ["Metrics"] = ["Support"],
        ["Recording"] = ["Environment", "Game", "Support"],
        ["Training"] = ["Environment", "Game", "Learning", "Metrics", "Recording", "Support"],
    };

    private static IEnumerable<string> Rooms => _mayUse.Keys;

    private static ILookup<string, Type> TypesByRoom { get; } = typeof(IGameHost).Assembly.GetTypes()
        .Where(type => RoomOf(type) is not null)
        .ToLookup(type => RoomOf(type)!);

    [Test]
    public void Every_type_of_the_agent_lives_in_a_room_of_the_table()
    {
        Assert.That(TypesByRoom.Select(room => room.Key), Is.SubsetOf(Rooms));
    }

    [TestCaseSource(nameof(Rooms))]
    public void A_room_uses_only_the_rooms_below_it(string room)
    {
        var offences = from type in TypesByRoom[room]
                       from used in ReferencedTypes.Of(type)
                       where used.Assembly == typeof(IGameHost).Assembly
                       let other = RoomOf(used)
                       where other is not null && other != room && !_mayUse[room].Contains(other)
                       select $"{type.FullName} uses {used.FullName}";

        Assert.That(offences.Distinct(), Is.Empty);
    }

    [Test]
    public void The_scan_sees_what_a_method_body_alone_mentions()
    {
        Assert.That(ReferencedTypes.Of(typeof(Sample)), Does.Contain(typeof(System.Text.StringBuilder)));
    }

    private static string? RoomOf(Type type) =>
        type.Namespace is { } name && name.StartsWith(Root, StringComparison.Ordinal) ? name[Root.Length..].Split('.')[0] : null;

    private static class Sample
    {
        public static int Length() => new System.Text.StringBuilder("a").Length;
    }
}
