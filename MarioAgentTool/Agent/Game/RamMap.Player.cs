namespace MarioAgentTool.Game;

// The player.
public static partial class RamMap
{
    /// <summary>Player_State — <see cref="Game.FloatState"/>.</summary>
    public const int FloatState = 0x001D;

    /// <summary>PlayerFacingDir — 1 right, 2 left.</summary>
    public const int Facing = 0x0033;

    /// <summary>Player_MovingDir — 1 right, 2 left.</summary>
    public const int MovingDirection = 0x0045;

    /// <summary>Player_X_Speed — signed, 1/16 pixel a frame; walking to ±$18, running to ±$28.</summary>
    public const int XSpeed = 0x0057;

    /// <summary>Player_PageLoc — which 256-pixel page of the level Mario is on.</summary>
    public const int PlayerPage = 0x006D;

    /// <summary>Player_X_Position — pixels into that page, of the left edge of his 16-pixel column.</summary>
    public const int PlayerXInPage = 0x0086;

    /// <summary>Player_Y_Speed — signed pixels a frame, down positive; −5 to 4.</summary>
    public const int YSpeed = 0x009F;

    /// <summary>Player_Y_HighPos — 0 above the screen, 1 on it, 2 and more below.</summary>
    public const int PlayerYHigh = 0x00B5;

    /// <summary>Player_Y_Position — scanline of the top of his 32-pixel frame; small Mario fills the lower half.</summary>
    public const int PlayerY = 0x00CE;

    /// <summary>Player_Rel_XPos — pixels from the screen's left edge.</summary>
    public const int PlayerScreenX = 0x03AD;

    /// <summary>Player_Rel_YPos — scanline, as gym's y_pos reads it.</summary>
    public const int PlayerScreenY = 0x03B8;

    /// <summary>SprObject_X_MoveForce — x below the pixel, 1/256. (Player_X_MoveForce is $0705, speed below the 1/16 pixel.)</summary>
    public const int XSubpixel = 0x0400;

    /// <summary>Player_YMF_Dummy — y below the pixel, 1/256.</summary>
    public const int YSubpixel = 0x0416;

    /// <summary>Player_Y_MoveForce — speed below <see cref="YSpeed"/>, 1/256 pixel a frame.</summary>
    public const int YSpeedFraction = 0x0433;

    /// <summary>MaximumLeftSpeed — the fastest to the left now allowed; signed like <see cref="XSpeed"/>.</summary>
    public const int MaximumLeftSpeed = 0x0450;

    /// <summary>MaximumRightSpeed — the fastest to the right now allowed.</summary>
    public const int MaximumRightSpeed = 0x0456;

    /// <summary>Player_CollisionBits — sides on which he touches something.</summary>
    public const int PlayerCollision = 0x0490;

    /// <summary>BoundingBox_UL_Corner — x, y of the upper left and of the lower right corner, on the screen.</summary>
    public const int PlayerBox = 0x04AC;

    /// <summary>Player_XSpeedAbsolute — |x speed|, 1/16 pixel a frame.</summary>
    public const int AbsoluteXSpeed = 0x0700;

    /// <summary>RunningSpeed — the running latch.</summary>
    public const int RunningLatch = 0x0703;

    /// <summary>SwimmingFlag — non-zero in water.</summary>
    public const int Swimming = 0x0704;

    /// <summary>VerticalForce — gravity in force, 1/256 pixel a frame a frame; less while A is held and he rises.</summary>
    public const int Gravity = 0x0709;

    /// <summary>VerticalForceDown — gravity once A is let go.</summary>
    public const int FallGravity = 0x070A;

    /// <summary>JumpspringAnimCtrl — non-zero while a spring moves him.</summary>
    public const int JumpspringAnimation = 0x070E;

    /// <summary>PlayerEntranceCtrl — 6 and 7: he walks into a pipe by himself.</summary>
    public const int PlayerEntrance = 0x0710;

    /// <summary>CrouchingFlag — non-zero when ducked.</summary>
    public const int Crouching = 0x0714;

    /// <summary>PlayerSize — 0 big, 1 small.</summary>
    public const int PlayerSize = 0x0754;

    /// <summary>PlayerStatus — <see cref="Game.PowerState"/>.</summary>
    public const int PlayerPower = 0x0756;

    /// <summary>JumpSwimTimer — frames in which A still lifts him.</summary>
    public const int JumpSwimTimer = 0x0782;

    /// <summary>RunningTimer — frames of running speed left after B is let go; to 10.</summary>
    public const int RunningTimer = 0x0783;

    /// <summary>BlockBounceTimer — frames before another block can be bumped.</summary>
    public const int BlockBounceTimer = 0x0784;

    /// <summary>SideCollisionTimer — frames left of being pushed off a wall.</summary>
    public const int SideCollisionTimer = 0x0785;

    /// <summary>JumpspringTimer — frames left of a spring's bounce.</summary>
    public const int JumpspringTimer = 0x0786;

    /// <summary>ClimbSideTimer — frames before Mario changes sides on a vine.</summary>
    public const int ClimbSideTimer = 0x0789;

    /// <summary>InjuryTimer — slow ticks of being untouchable after a hit; from 8.</summary>
    public const int InjuryTimer = 0x079E;

    /// <summary>StarInvincibleTimer — slow ticks of star power; from 35.</summary>
    public const int StarTimer = 0x079F;
}
