// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Context} from "@openzeppelin/contracts/utils/Context.sol";
import {ITreasury, TokenAmount} from "./ITreasury.sol";
import {Roles} from "./Roles.sol";

/// @title Treasury: see {ITreasury}. A part of {Shop}.
abstract contract Treasury is ITreasury, Context {
    struct Guard {
        address cold;
        /// When `proposal` may be applied; 0 when nothing is proposed.
        uint40 readyAt;
        /// Counts guards put into force; 0 means that the shop never had one.
        uint32 count;
        /// Hash of the cold address and caps that are proposed.
        bytes32 proposal;
    }

    /// @dev What was taken on a UTC day, which is the number of days since 1970.
    struct Taken {
        uint128 amount;
        uint40 day;
    }

    uint256 private constant DELAY = 48 hours;
    uint256 private constant MAX_AMOUNTS = 32;

    address public immutable orderBook;

    mapping(uint256 shopId => Guard) private _guards;
    /// Keyed by the guard's count, so that a new guard starts without the caps of the last one.
    mapping(uint256 shopId => mapping(uint256 guard => mapping(address token => uint128))) private _caps;
    /// Keyed by the term of office, see {_officeOf}.
    mapping(bytes32 office => mapping(address token => uint128)) private _limits;
    /// Not keyed by office: being appointed anew does not start the day anew.
    mapping(uint256 shopId => mapping(address staff => mapping(address token => Taken))) private _taken;

    constructor(address orderBook_) {
        orderBook = orderBook_;
    }

    /// @inheritdoc ITreasury
    function setGuard(uint256 shopId, address cold, TokenAmount[] calldata caps) external {
        _requireRole(shopId, Roles.OWNER);
        require(caps.length <= MAX_AMOUNTS, Treasury_TooMany(caps.length));
        Guard storage guard = _guards[shopId];
        bool free = guard.cold == address(0);
        // Protects nothing: whoever has the owner's key has such an address too, or no address could ever be paid.
        bool sound = cold != orderBook && !_can(shopId, cold, Roles.OWNER) && !(free && cold == address(0));
        require(sound, Treasury_InvalidCold(cold));
        if (free) {
            _enforce(shopId, cold, caps);
            // Whom the owner let move the shop before must not be able to afterwards.
            _forgetApproval(shopId);
        } else {
            uint40 readyAt = uint40(block.timestamp + DELAY);
            (guard.readyAt, guard.proposal) = (readyAt, _hash(cold, caps));
            emit ShopGuardProposed(shopId, cold, caps, readyAt);
        }
    }

    /// @inheritdoc ITreasury
    function applyGuard(uint256 shopId, address cold, TokenAmount[] calldata caps) external {
        Guard storage guard = _guards[shopId];
        uint256 readyAt = guard.readyAt;
        require(readyAt != 0 && guard.proposal == _hash(cold, caps), Treasury_NotProposed(shopId));
        require(block.timestamp >= readyAt, Treasury_TooEarly(shopId, readyAt));
        _enforce(shopId, cold, caps);
    }

    /// @inheritdoc ITreasury
    function vetoGuard(uint256 shopId) external {
        Guard storage guard = _guards[shopId];
        address actor = _msgSender();
        if (actor != guard.cold) _requireRole(shopId, Roles.MONEY);
        require(guard.readyAt != 0, Treasury_NotProposed(shopId));
        (guard.readyAt, guard.proposal) = (0, 0);
        emit ShopGuardVetoed(shopId, actor);
    }

    /// @inheritdoc ITreasury
    function lowerCap(uint256 shopId, address token, uint128 cap) external {
        _requireRole(shopId, Roles.OWNER);
        mapping(address token => uint128) storage caps = _caps[shopId][_guards[shopId].count];
        require(cap < caps[token], Treasury_NotLower(caps[token], cap));
        caps[token] = cap;
        emit ShopCapLowered(shopId, token, cap);
    }

    /// @inheritdoc ITreasury
    function setLimits(uint256 shopId, address staff, TokenAmount[] calldata limits) external {
        _requireRole(shopId, Roles.OWNER);
        require(limits.length <= MAX_AMOUNTS, Treasury_TooMany(limits.length));
        (bytes32 office, uint256 tenure) = _officeOf(shopId, staff);
        for (uint256 i = 0; i < limits.length; ++i) _limits[office][limits[i].token] = limits[i].amount;
        emit ShopLimitsChanged(shopId, staff, limits, tenure);
    }

    /// @inheritdoc ITreasury
    /// @dev Compares the bare sender: the order book never speaks through a forwarder.
    function authorizeWithdrawal(uint256 shopId, address actor, address token, uint256 amount)
        external
        returns (address to)
    {
        require(msg.sender == orderBook, Treasury_NotOrderBook(msg.sender));
        if (!_can(shopId, actor, Roles.OWNER)) _take(shopId, actor, token, amount);
        to = _guards[shopId].cold;
        if (to == address(0)) to = _payoutOf(shopId);
    }

    /// @inheritdoc ITreasury
    function excessOf(uint256 shopId, address token, uint256 balance) external view returns (uint256 amount, address cold) {
        cold = _guards[shopId].cold;
        uint256 cap = capOf(shopId, token);
        amount = cold == address(0) || balance <= cap ? 0 : balance - cap;
    }

    /// @inheritdoc ITreasury
    function guardOf(uint256 shopId) external view returns (address cold, uint40 readyAt) {
        Guard storage guard = _guards[shopId];
        return (guard.cold, guard.readyAt);
    }

    /// @inheritdoc ITreasury
    function leftOf(uint256 shopId, address actor, address token) external view returns (uint256) {
        if (_can(shopId, actor, Roles.OWNER)) return type(uint256).max;
        return _can(shopId, actor, Roles.MONEY) ? _leftOfLimit(shopId, actor, token) : 0;
    }

    /// @inheritdoc ITreasury
    function capOf(uint256 shopId, address token) public view returns (uint128) {
        return _caps[shopId][_guards[shopId].count][token];
    }

    function _isGuarded(uint256 shopId) internal view returns (bool) {
        return _guards[shopId].cold != address(0);
    }

    function _wasEverGuarded(uint256 shopId) internal view returns (bool) {
        return _guards[shopId].count != 0;
    }

    function _requireUnguarded(uint256 shopId) internal view {
        require(!_isGuarded(shopId), Treasury_Guarded(shopId));
    }

    function _requireRole(uint256 shopId, uint8 role) internal view virtual;

    function _can(uint256 shopId, address actor, uint8 role) internal view virtual returns (bool);

    function _payoutOf(uint256 shopId) internal view virtual returns (address);

    function _forgetApproval(uint256 shopId) internal virtual;

    /// @dev Another one for each time that somebody is given the money role.
    function _officeOf(uint256 shopId, address staff) internal view virtual returns (bytes32 office, uint256 tenure);

    function _enforce(uint256 shopId, address cold, TokenAmount[] calldata caps) private {
        Guard storage guard = _guards[shopId];
        uint32 count = guard.count + 1;
        (guard.cold, guard.readyAt, guard.count, guard.proposal) = (cold, 0, count, 0);
        for (uint256 i = 0; i < caps.length; ++i) _caps[shopId][count][caps[i].token] = caps[i].amount;
        emit ShopGuarded(shopId, cold, caps);
    }

    function _take(uint256 shopId, address staff, address token, uint256 amount) private {
        require(_can(shopId, staff, Roles.MONEY), Treasury_Unauthorized(shopId, staff));
        uint256 left = _leftOfLimit(shopId, staff, token);
        require(amount <= left, Treasury_OverLimit(shopId, staff, left, amount));
        Taken storage taken = _taken[shopId][staff][token];
        uint40 today = _today();
        uint256 before = taken.day == today ? taken.amount : 0;
        // Fits: together they are at most the limit.
        (taken.amount, taken.day) = (uint128(before + amount), today);
        emit ShopMoneyTaken(shopId, staff, token, amount);
    }

    function _leftOfLimit(uint256 shopId, address actor, address token) private view returns (uint256) {
        (bytes32 office,) = _officeOf(shopId, actor);
        return _left(_taken[shopId][actor][token], _limits[office][token]);
    }

    function _left(Taken storage taken, uint256 limit) private view returns (uint256) {
        uint256 used = taken.day == _today() ? taken.amount : 0;
        // A limit may have been lowered below what was taken already.
        return used < limit ? limit - used : 0;
    }

    function _today() private view returns (uint40) {
        return uint40(block.timestamp / 1 days);
    }

    function _hash(address cold, TokenAmount[] calldata caps) private pure returns (bytes32) {
        return keccak256(abi.encode(cold, caps));
    }
}
