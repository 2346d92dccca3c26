using System.Globalization;
using MarioAgentTool.Environment;
using MarioAgentTool.Game;
using MarioAgentTool.Support;
using MarioAgentTool.Tests.Cli.Lua;
using MarioAgentTool.Tests.Agent.Environment;
using NesCoreShim;
using NesCoreShim.Movies;

namespace MarioAgentTool.Tests.Lua;

/// <summary>The scripts' own reading of RAM against the agent's, on RAM that a game made and on RAM that none would.</summary>
public class ScriptParityTests
{
    private delegate long Fact(in MarioFrame frame);

    private static readonly Dictionary<string, Fact> Facts = new()
    {
        ["mode"] = (in MarioFrame f) => (int)f.Mode,
        ["routine"] = (in MarioFrame f) => (int)f.Routine,
        ["is_in_stage"] = (in MarioFrame f) => Flag(f.IsInStage),
        ["is_listening"] = (in MarioFrame f) => Flag(f.IsListening),
        ["is_frozen"] = (in MarioFrame f) => Flag(f.IsFrozen),
        ["is_paused"] = (in MarioFrame f) => Flag(f.IsPaused),
        ["level_x"] = (in MarioFrame f) => f.LevelX,
        ["y"] = (in MarioFrame f) => f.Y,
        ["x_subpixel"] = (in MarioFrame f) => f.XSubpixel,
        ["y_subpixel"] = (in MarioFrame f) => f.YSubpixel,
        ["x_speed"] = (in MarioFrame f) => f.XSpeed,
        ["y_speed"] = (in MarioFrame f) => f.YSpeed,
        ["y_speed_fraction"] = (in MarioFrame f) => f.YSpeedFraction,
        ["maximum_right_speed"] = (in MarioFrame f) => f.MaximumRightSpeed,
        ["gravity"] = (in MarioFrame f) => f.Gravity,
        ["float_state"] = (in MarioFrame f) => (int)f.FloatState,
        ["power"] = (in MarioFrame f) => (int)f.Power,
        ["is_big"] = (in MarioFrame f) => Flag(f.IsBig),
        ["is_crouching"] = (in MarioFrame f) => Flag(f.IsCrouching),
        ["is_swimming"] = (in MarioFrame f) => Flag(f.IsSwimming),
        ["faces_right"] = (in MarioFrame f) => Flag(f.FacesRight),
        ["moves_right"] = (in MarioFrame f) => Flag(f.MovesRight),
        ["is_on_spring"] = (in MarioFrame f) => Flag(f.IsOnSpring),
        ["injury_timer"] = (in MarioFrame f) => f.InjuryTimer,
        ["star_timer"] = (in MarioFrame f) => f.StarTimer,
        ["running_timer"] = (in MarioFrame f) => f.RunningTimer,
        ["jump_swim_timer"] = (in MarioFrame f) => f.JumpSwimTimer,
        ["held"] = (in MarioFrame f) => (int)f.Held,
        ["can_jump"] = (in MarioFrame f) => Flag(f.CanJump),
        ["fireballs"] = (in MarioFrame f) => f.Fireballs,
        ["lives"] = (in MarioFrame f) => f.Lives,
        ["coins"] = (in MarioFrame f) => f.Coins,
        ["score"] = (in MarioFrame f) => f.Score,
        ["time"] = (in MarioFrame f) => f.Time,
        ["world"] = (in MarioFrame f) => f.World,
        ["stage"] = (in MarioFrame f) => f.Stage,
        ["area"] = (in MarioFrame f) => f.Area,
        ["area_type"] = (in MarioFrame f) => (int)f.AreaType,
        ["is_cloud_area"] = (in MarioFrame f) => Flag(f.IsCloudArea),
        ["is_time_up"] = (in MarioFrame f) => Flag(f.IsTimeUp),
        ["is_harder"] = (in MarioFrame f) => Flag(f.IsHarder),
        ["screen_left"] = (in MarioFrame f) => f.ScreenLeft,
        ["screen_x"] = (in MarioFrame f) => f.ScreenX,
        ["is_scroll_locked"] = (in MarioFrame f) => Flag(f.IsScrollLocked),
        ["parsed_columns"] = (in MarioFrame f) => f.ParsedColumns,
        ["is_in_current"] = (in MarioFrame f) => Flag(f.IsInCurrent),
        ["is_in_loop"] = (in MarioFrame f) => Flag(f.IsInLoop),
        ["maze_correct"] = (in MarioFrame f) => f.MazeCorrect,
        ["maze_passed"] = (in MarioFrame f) => f.MazePassed,
        ["is_dying"] = (in MarioFrame f) => Flag(f.IsDying),
        ["has_fallen"] = (in MarioFrame f) => Flag(f.HasFallen),
        ["is_cleared"] = (in MarioFrame f) => Flag(f.IsCleared),
        ["ending"] = (in MarioFrame f) => (int)Endings.Of(f),
    };

    private const string Head = """
        package.path = userdata.get("scripts") .. "?.lua;" .. package.path
        local mario, ram, tiles = require("lib.mario"), require("lib.ram"), require("lib.tiles")
        local file = io.open("ram.bin", "rb")
        local function images()
            return function() return file:read(ram.Size) end
        end

        """;

    // 3,000 images: a game played by a dice, and noise. Noise has its mode and routine in range, or little would be looked at.
    private static readonly Lazy<byte[][]> Images = new(() =>
    {
        var images = new List<byte[]>();
        NesFrameHost host = NesFrameHost.WithTrail();
        StartState start = host.RunToStart();
        var random = new Random(7);
        for (int i = 0; i < 1500; i++)
        {
            if (new MarioFrame(host.ReadRam()).Routine == PlayerRoutine.LoseLife)
            {
                host.LoadState(start.State);
            }

            Buttons held = ActionSet.Complex[random.Next(ActionSet.Complex.Count)] | Buttons.Right;
            host.FrameAdvance(held, render: false);
            host.FrameAdvance(held, render: false);
            images.Add(host.ReadRam().ToArray());
        }

        for (int i = 0; i < 1500; i++)
        {
            var noise = new byte[RamMap.Size];
            random.NextBytes(noise);
            noise[RamMap.OperatingMode] %= 4;
            noise[RamMap.ModeTask] %= 4;
            noise[RamMap.PlayerRoutine] %= 13;
            noise[RamMap.PlayerYHigh] = (byte)(random.Next(4) == 0 ? noise[RamMap.PlayerYHigh] : 1);
            noise[RamMap.FloatState] %= 4;
            noise[RamMap.ParserPage] = (byte)(noise[RamMap.PlayerPage] + 1);
            for (int slot = 0; slot < RamMap.ObjectSlots; slot++)
            {
                // About Mario, of a type that there is.
                noise[RamMap.ObjectType + slot] = (byte)random.Next(0x36);
                noise[RamMap.ObjectActive + slot] = (byte)(random.Next(5) == 0 ? 0x80 : random.Next(2));
                noise[RamMap.ObjectState + slot] = (byte)(random.Next(3) == 0 ? random.Next(256) : 0);
                noise[RamMap.ObjectPage + slot] = (byte)(noise[RamMap.PlayerPage] + random.Next(2));
                noise[RamMap.ObjectYHigh + slot] = 1;
            }

            images.Add(noise);
        }

        return [.. images];
    });

    [Test]
    public void Every_fact_of_a_frame_is_the_agents()
    {
        string[] lines = Run("""
            local names = {}
            for name in pairs(mario.facts) do
                names[#names + 1] = name
            end
            table.sort(names)
            local ENDINGS = { None = 0, Fell = 1, Hit = 2, TimeUp = 3, FlagReached = 4 }
            print(table.concat(names, " "))
            for bytes in images() do
                local frame, values = mario.frame(bytes), {}
                for i, name in ipairs(names) do
                    local value = frame[name]
                    values[i] = value == true and 1 or value == false and 0 or ENDINGS[value] or value
                end
                print(table.concat(values, " "))
            end
            """);

        string[] names = lines[0].Split(' ');
        Assert.That(names, Is.EquivalentTo(Facts.Keys), "every fact of lib/mario.lua is compared, and no other");
        Assert.That(lines, Has.Length.EqualTo(Images.Value.Length + 1));
        for (int i = 0; i < Images.Value.Length; i++)
        {
            string[] values = lines[i + 1].Split(' ');
            for (int j = 0; j < names.Length; j++)
            {
                var frame = new MarioFrame(Images.Value[i]);
                Assert.That(long.Parse(values[j], CultureInfo.InvariantCulture), Is.EqualTo(Facts[names[j]](frame)), $"{names[j]} of image {i}");
            }
        }
    }

    [Test]
    public void Objects_hammers_and_tiles_are_the_agents()
    {
        string[] lines = Run("""
            for bytes in images() do
                local frame, values = mario.frame(bytes), {}
                local function add(...)
                    for _, value in ipairs({ ... }) do
                        values[#values + 1] = value == true and 1 or value == false and 0 or value
                    end
                end
                for slot = 0, 5 do
                    local o = frame:object(slot)
                    add(o.is_active, o.type, o.kind, o.x, o.y, o.x_speed, o.y_speed, o.left, o.top, o.right, o.bottom, o.is_fire_bar, o.fire_bar_angle, o.fire_bar_spin, o.fire_bar_balls)
                end
                for slot = 0, 8 do
                    add(frame:hammer(slot) or -1)
                end
                for column = -1, 8 do
                    for row = -1, 13 do
                        add(frame:tile_at(frame.level_x // 16 + column, row))
                    end
                end
                print(table.concat(values, " "))
            end
            """);

        for (int i = 0; i < Images.Value.Length; i++)
        {
            var frame = new MarioFrame(Images.Value[i]);
            var values = new List<long>();
            for (int slot = 0; slot < RamMap.ObjectSlots; slot++)
            {
                ObjectSlot o = frame.Object(slot);
                values.AddRange([Flag(o.IsActive), (int)o.Type, (int)o.Kind, o.LevelX, o.Y, o.XSpeed, o.YSpeed, o.Box.Left, o.Box.Top, o.Box.Right, o.Box.Bottom, Flag(o.IsFireBar), o.FireBarAngle, o.FireBarSpin, o.FireBarBalls]);
            }

            for (int slot = 0; slot < RamMap.MiscSlots; slot++)
            {
                values.Add(frame.TryGetHammer(slot, out Box box) ? box.Left : -1);
            }

            for (int column = -1; column <= 8; column++)
            {
                for (int row = -1; row <= 13; row++)
                {
                    values.Add(frame.TileAt(frame.LevelX / 16 + column, row));
                }
            }

            Assert.That(lines[i], Is.EqualTo(string.Join(' ', values)), $"image {i}");
        }
    }

    [Test]
    public void Metatiles_mean_the_same()
    {
        string[] lines = Run("""
            for id = 0, 255 do
                print(id, mario.is_solid(id), mario.is_bumpable(id), mario.is_coin(id), mario.is_goal(id))
            end
            """);
        Assert.That(lines, Is.EqualTo(Enumerable.Range(0, 256).Select(i => (byte)i).Select(id => string.Join('\t', id, Text(Metatile.IsSolid(id)), Text(Metatile.IsBumpable(id)), Text(Metatile.IsCoin(id)), Text(id == Metatile.Axe || Metatile.IsClimbable(id))))));
        static string Text(bool value) => value ? "true" : "false";
    }

    [TestCase(TilePlanes.Folded, false, true)]
    [TestCase(TilePlanes.Folded, true, false)]
    [TestCase(TilePlanes.Separate, true, true)]
    public void Observations_are_the_agents_byte_for_byte(TilePlanes planes, bool place, bool oneHot)
    {
        using LuaRun run = Prepared();
        run.Run(Head + $$"""
            local observer = tiles.new({ planes = "{{planes.ToString().ToLowerInvariant()}}", place = {{(place ? "true" : "false")}}, one_hot = {{(oneHot ? "true" : "false")}} })
            observer:begin()
            local out = io.open("seen.bin", "wb")
            for bytes in images() do
                out:write(tiles.bytes(observer:observe(mario.frame(bytes))))
            end
            out:close()
            """);

        byte[] seen = File.ReadAllBytes(Path.Combine(run.Folder, "seen.bin"));
        var observer = new TileObserver(new TileSettings { Planes = planes, Place = place, OneHot = oneHot });
        int length = observer.Spec.FrameBytes;
        Assert.That(seen, Has.Length.EqualTo(length * Images.Value.Length));
        var expected = new byte[length];
        for (int i = 0; i < Images.Value.Length; i++)
        {
            observer.Observe(new MarioFrame(Images.Value[i]), expected);
            Assert.That(seen.AsSpan(i * length, length).CommonPrefixLength(expected), Is.EqualTo(length), $"first differing byte of image {i}");
        }
    }

    [Test]
    public void Stages_begin_in_the_same_areas()
    {
        string[] lines = Run("""
            local starter = require("lib.starter")
            for world = 1, 8 do
                for stage = 1, 4 do
                    print(world .. "-" .. stage .. " " .. starter.area_index(starter.parse(world .. "-" .. stage)))
                end
            end
            print(starter.parse("9-1"), starter.parse("1-5"), starter.parse("1"))
            """);
        Assert.That(lines, Is.EqualTo(StageId.All.Select(s => $"{s} {s.AreaIndex}").Append("nil\tnil\tnil\tnil")));
    }

    [Test]
    public void Base64_goes_both_ways()
    {
        Assert.That(Run("""
            local base64 = require("lib.base64")
            local all = {}
            for i = 0, 255 do
                all[#all + 1] = string.char(i)
            end
            all = table.concat(all)
            for length = 0, 256 do
                assert(base64.decode(base64.encode(all:sub(1, length))) == all:sub(1, length))
            end
            print(base64.encode("Mario"), base64.encode("fox"), base64.encode("a"))
            """), Is.EqualTo(new[] { "TWFyaW8=\tZm94\tYQ==" }));
    }

    [TestCase(Bk2File.NesHawk, true)]
    [TestCase(Bk2File.QuickerNes, false)]
    public void A_movie_is_read_back_as_it_was_written(string core, bool isPal)
    {
        using LuaRun run = Prepared();
        run.Run(Head + $$"""
            local frames = {}
            for mask = 0, 255 do
                frames[#frames + 1] = mask
            end
            local bk2 = require("lib.bk2")
            bk2.save("a.bk2", { core = "{{core}}", rom = { name = "A game", sha1 = "ABCD" }, is_pal = {{(isPal ? "true" : "false")}}, frames = frames, comment = "one\ntwo" })
            print(pcall(bk2.encode, { core = "SubNESHawk" }))
            """);
        Movie movie = MovieFile.Load(Path.Combine(run.Folder, "a.bk2"));
        Assert.That(movie.Frames, Is.EqualTo(Enumerable.Range(0, 256).Select(mask => new MovieFrame((JoypadButtons)mask))));
        Assert.That((movie.Core, movie.Rom.Name, movie.Rom.Sha1, movie.IsPal, movie.Comments[0]), Is.EqualTo((core, "A game", "ABCD", isPal, "one two")));
        Assert.That(movie.RamPattern.ToArray(), Is.EqualTo((core == Bk2File.NesHawk ? PowerOnRam.Fceux : PowerOnRam.QuickerNes).ToArray()));
        Assert.That(run.Output, Does.Contain("the core is SubNESHawk; movies are written for NesHawk and quickerNES"));
    }

    private static long Flag(bool value) => value ? 1 : 0;

    private static string[] Run(string body)
    {
        using LuaRun run = Prepared();
        return run.Run(Head + body).Output.TrimEnd('\n').Split('\n');
    }

    private static LuaRun Prepared()
    {
        LuaRun run = new();
        run.Host.SetUserData("scripts", Path.Combine(Repository.Root, "Lua") + "/");
        File.WriteAllBytes(Path.Combine(run.Folder, "ram.bin"), [.. Images.Value.SelectMany(i => i)]);
        return run;
    }
}
