; Metatiles: 16 x 16 pixels, four tiles each. The top two bits of a number are its palette, and
; choose the table. Numbers below $10, $51, $88, $C0 of each class are scenery.

.macro metatile name
    .byte name, name+1, name+2, name+3
.endmacro

.macro tiles upper_left, upper_right, lower_left, lower_right
    .byte upper_left, upper_right, lower_left, lower_right
.endmacro

.macro nothing count
    .repeat count
    .byte TileBlank, TileBlank, TileBlank, TileBlank
    .endrepeat
.endmacro

MetatileTableLow:
    .byte <Greens, <Earths, <Clouds, <Golds
MetatileTableHigh:
    .byte >Greens, >Earths, >Clouds, >Golds

Greens:
    nothing 1                   ; $00 air
    metatile HillLeft
    metatile HillRight
    metatile HillFill
    metatile HillTop
    metatile HillSpots          ; $05
    metatile BushLeft
    metatile BushMiddle
    metatile BushRight
    metatile Tuft
    metatile PineTop            ; $0A
    metatile PineBody
    nothing 4
    metatile StumpTopLeft       ; $10 hollow
    metatile StumpTopRight
    metatile StumpTopLeft       ; $12 not hollow
    metatile StumpTopRight
    metatile StumpLeft          ; $14
    metatile StumpRight
    metatile LedgeLeft          ; $16
    metatile LedgeMiddle
    metatile LedgeRight
    nothing 3
    metatile LogEndTop          ; $1C
    tiles LogTop, LogTop, LogTop+1, LogTop+1
    tiles LogTop, LogTop, LogTop+1, LogTop+1
    metatile LogEnd             ; $1F
    tiles LogBottom, LogBottom, LogBottom+1, LogBottom+1
    tiles LogBottom, LogBottom, LogBottom+1, LogBottom+1
    metatile Coral              ; $22
    nothing 1                   ; $23 is a block in mid hop
    metatile PoleBall           ; $24
    metatile PoleShaft
    tiles Vine, Vine+1, Vine, Vine+1

Earths:
    metatile PineTrunk          ; $40
    metatile LogWall
    metatile Window
    metatile RoofLeft
    metatile RoofRight
    metatile RoofMiddle         ; $45
    metatile Fence
    metatile Signpost
    nothing 3
    tiles Rail, Rail, Rail+1, Rail+1
    tiles Trunk, Trunk+1, Trunk, Trunk+1
    nothing 1
    metatile DoorTop            ; $4E
    metatile Door
    nothing 1
    metatile Plank              ; $51
    tiles CaveBrick, CaveBrick+1, CaveBrick, CaveBrick+1
    nothing 1
    metatile Ground             ; $54
    metatile Plank              ; $55-$59 with something in them
    metatile Plank
    metatile Plank
    metatile Plank
    metatile Plank
    nothing $61 - $5A
    metatile Stone              ; $61
    metatile CastleWall
    tiles BridgePlanks, BridgePlanks, BridgePlanks+1, BridgePlanks+1
    metatile CannonTop          ; $64
    tiles CannonBase, CannonBase+1, CannonBase, CannonBase+1
    tiles CannonBase, CannonBase+1, CannonBase, CannonBase+1
    nothing 2                   ; $67 springs are sprites
    metatile SeaFloor           ; $69

Clouds:
    metatile CloudLeft          ; $80
    metatile CloudMiddle
    metatile CloudRight
    nothing 3
    tiles Waves, Waves+1, Depths, Depths
    tiles Depths, Depths, Depths, Depths
    metatile CloudGround        ; $88
    tiles Drawbridge, Drawbridge, TileBlank, TileBlank

Golds:
    metatile Crate              ; $C0
    metatile Crate
    metatile Nugget             ; $C2
    metatile Nugget
    metatile EmptyCrate         ; $C4
    metatile Hatchet
